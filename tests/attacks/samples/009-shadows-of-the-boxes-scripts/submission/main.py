"""The agent's scripts are called agent, serve, frames, families and output, and so are these files.
They are ordinary names for an app, so they have to work as its own modules, and reach no one else's.
"""

import agent
import families
import frames
import output
import serve

assert (agent.MINE, families.MINE, frames.MINE, output.MINE, serve.MINE) == (True,) * 5
app = serve.app
