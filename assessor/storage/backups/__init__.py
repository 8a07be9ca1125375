"""Backups of visits: small record files beside one folder of evidence that all of them share."""
