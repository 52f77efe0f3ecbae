"""Views of projects: by place, one project, its parts and targets."""
