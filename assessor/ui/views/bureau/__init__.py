"""The bureau: workbooks taken in, the register, its statistics, re-inspection and bulletins."""
