"""The commands of `parley`, by what they do with the warehouse."""
