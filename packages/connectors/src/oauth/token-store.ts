/**
 * Keeps the access token of one connection and sees to it that only one request renews it, however many calls find
 * it expired. The app gives the same store to every port of a connection.
 */

export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970; undefined where the system does not say. */
  readonly expiresAt: number | undefined;
}

export interface TokenStore {
  /** The current token, or a new one where there is none or it ends within the margin. */
  get(request: () => Promise<AccessToken>, now: number): Promise<string>;
  /** Drops `refused` if it is still the current token, so that the next `get` asks for a new one. */
  drop(refused: string): void;
  /** The refresh token to send instead of this one, where the system has replaced it since. */
  newestRefreshToken(refreshToken: string): string;
  replaceRefreshToken(old: string, next: string): void;
}

/** A token that ends sooner than this is renewed before it is used. */
const MARGIN_MS = 60_000;

export function createTokenStore(): TokenStore {
  let current: AccessToken | undefined;
  let pending: Promise<AccessToken> | undefined;
  const replaced = new Map<string, string>();

  async function renew(request: () => Promise<AccessToken>): Promise<AccessToken> {
    try {
      current = await request();
      return current;
    } finally {
      pending = undefined;
    }
  }

  return {
    async get(request, now) {
      const isFresh =
        current !== undefined && (current.expiresAt === undefined || current.expiresAt - MARGIN_MS > now);
      if (current !== undefined && isFresh) return current.value;
      pending ??= renew(request);
      return (await pending).value;
    },
    drop(refused) {
      if (current?.value === refused) current = undefined;
    },
    newestRefreshToken: (refreshToken) => replaced.get(refreshToken) ?? refreshToken,
    replaceRefreshToken(old, next) {
      for (const [first, last] of replaced) if (last === old) replaced.set(first, next);
      replaced.set(old, next);
    },
  };
}
