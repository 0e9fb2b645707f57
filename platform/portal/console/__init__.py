"""The request console: one's own draft in a box, asked whatever one wants."""
