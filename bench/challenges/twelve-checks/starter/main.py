"""The parcel register: not written yet."""

from fastapi import FastAPI

app = FastAPI()
