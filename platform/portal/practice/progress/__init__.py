"""How far somebody has come: computed from what they did, never stored."""
