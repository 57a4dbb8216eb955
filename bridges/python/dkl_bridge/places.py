"""From where a probe was sent and where it says to be: what an adapter has mixed up."""

CLOSE_PX = 1.0


def told_from(asked, read, rows, columns):
    """A hint in words where read is not asked, None where it is to within a pixel.

    asked, read: (row, column) each, px of a survey of rows x columns; asked has to be without symmetry.
    """
    last_row, last_column = rows - 1, columns - 1

    def is_as(function):
        return all(abs(c - e) <= CLOSE_PX and abs(d - f) <= CLOSE_PX
                   for (e, f), (c, d) in zip((function(*place) for place in asked), read))

    if is_as(lambda row, column: (row, column)):
        return None
    swapped = "Rows and columns are swapped: vendors say (x, y), here it is (row, column), and rows are y."
    for hint, function in (
            (swapped, lambda row, column: (column, row)),
            (swapped + " The fractions of the field are, too.",
             lambda row, column: (column * rows / columns, row * columns / rows)),
            ("Rows are counted from the bottom; here they count from the top.",
             lambda row, column: (last_row - row, column)),
            ("Columns are counted from the right; here they count from the left.",
             lambda row, column: (row, last_column - column)),
            ("Both are counted from the other end: rows count from the top, columns from the left.",
             lambda row, column: (last_row - row, last_column - column)),
            (swapped + " And rows count from the top.", lambda row, column: (last_column - column, row)),
            (swapped + " And columns count from the left.", lambda row, column: (column, last_row - row)),
            ("They are counted from the centre; here they count from the corner at the top left.",
             lambda row, column: (row - last_row / 2, column - last_column / 2))):
        if is_as(function):
            return hint
    if all(-0.01 <= value <= 1.01 for place in read for value in place):
        return "probe() says fractions of the field; here places are in pixels of the last survey."
    if all(read[0] == place for place in read):
        return "The probe says the same place wherever it was sent: probe() asks the instrument, and move_probe() " \
               "returns when it is there."
    away = [(c - a, d - b) for (a, b), (c, d) in zip(asked, read)]
    if all(abs(down - away[0][0]) <= CLOSE_PX and abs(right - away[0][1]) <= CLOSE_PX for down, right in away):
        return f"It is always ({away[0][0]:+.3g}, {away[0][1]:+.3g}) px away: half a pixel is that of a pixel's " \
               "corner and centre; more comes from another origin."
    return "move_probe() and probe() take pixels of the last survey, (row, column), from the corner at the top left."
