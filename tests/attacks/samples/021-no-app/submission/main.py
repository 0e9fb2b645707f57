"""The file is fine Python and has nothing to serve; no check can run, so none can pass.
"""

application = None
