"""The noticeboard: start here."""

from fastapi import FastAPI

app = FastAPI(title="Noticeboard")

# Declare the two routes of the statement below. The app already starts; it just knows no path yet.
