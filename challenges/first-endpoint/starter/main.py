"""The depot's status service: start here."""

from fastapi import FastAPI

app = FastAPI(title="Depot status")

# Declare the four paths of the statement. The app already starts; it just knows no path yet.
