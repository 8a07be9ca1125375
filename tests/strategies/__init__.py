"""What random visits look like: hypothesis strategies over the shipped rubrics."""
