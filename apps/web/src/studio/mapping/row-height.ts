/** Height of a row of either tree in pixels; lines are drawn by it without measuring. */
export const rowHeight = 32;
