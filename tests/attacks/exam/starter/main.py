"""Four small endpoints: begin here."""

from fastapi import FastAPI

app = FastAPI()
