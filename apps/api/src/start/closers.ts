/** What was started, to be stopped in the opposite order, each step even where an earlier one failed. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  closeAll(onError: (error: unknown) => void): Promise<void>;
}

export function createClosers(): Closers {
  const steps: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void steps.push(close),
    closeAll: async (onError) => {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step().catch(onError);
    },
  };
}
