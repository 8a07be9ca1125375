"""The parts of the evidence screen: pictures, intake, grid, details, watched folder."""
