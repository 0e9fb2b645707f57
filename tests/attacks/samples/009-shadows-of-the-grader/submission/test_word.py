def test_word():
    pass
