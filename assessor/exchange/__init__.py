"""What makes a visit verifiable and fillable: payload, machine sheet, fill-in workbook, answers."""
