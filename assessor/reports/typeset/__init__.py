"""Setting Chinese and mixed text for the PDF: fonts, line breaking, and ink on the page."""
