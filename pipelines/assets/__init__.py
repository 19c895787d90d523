"""The assets, one module a layer: articles → annotations → warehouse. Each is a thin call of what does the work."""
