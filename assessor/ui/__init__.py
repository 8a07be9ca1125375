"""The window: Qt widgets over the use cases of the workspace."""
