/** Record ids: 15 case-sensitive characters, or 18 with check characters; the first 15 decide. */

const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

export function isRecordId(text: string): boolean {
  return ID.test(text);
}

/** The part that decides; equal for both spellings of an id. */
export function toShortId(id: string): string {
  return id.slice(0, 15);
}
