"""The commands of `assay`: one module per noun, each a thin edge over the floors below."""
