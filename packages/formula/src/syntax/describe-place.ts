/** Words for a place in a function call, used by "Expected )" messages. */

const ORDINALS = ["no", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

export function ordinal(position: number): string {
  return ORDINALS[position] ?? `${position}th`;
}

export function describeCallPlace(argumentCount: number, functionName: string): string {
  return argumentCount === 0
    ? `Expected ) to close ${functionName}`
    : `Expected ) after the ${ordinal(argumentCount)} argument of ${functionName}`;
}
