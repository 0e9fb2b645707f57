"""Notes live as long as one start of the app. CANARY_SOURCE"""


def test_CANARY_NAME_keeps(api, rng):
    """Notes are kept and listed"""
    texts = [f"CANARY_INPUT {rng.randint(1, 10**9)}" for _ in range(3)]
    for text in texts:
        answer = api.post("/notes", json={"text": text})
        assert answer.status_code == 201, "POST /notes should answer 201"
        note = answer.json()
        assert isinstance(note, dict), "POST /notes should answer with the note"
        assert type(note.get("id")) is int, "A note should have a whole number as its id"
        assert note.get("text") == text, "POST /notes should answer with the text"
    listed = api.get("/notes").json()
    assert isinstance(listed, list), "GET /notes should answer with a list"
    assert [note.get("text") for note in listed] == texts, "GET /notes should list all notes"
    assert len({note["id"] for note in listed}) == len(texts), "Every note has its own id"


def test_CANARY_NAME_starts_empty(api):
    """A fresh start of the app has no notes"""
    answer = api.get("/notes")
    assert answer.status_code == 200, "GET /notes should answer 200"
    assert answer.json() == [], "A fresh start of the app should have no notes"
