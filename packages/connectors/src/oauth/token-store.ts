/**
 * Keeps the access token of one connection and sees to it that only one request renews it, however many calls find
 * it expired. The app gives the same store to every port of a connection, and a share where other processes use the
 * connection too.
 */

export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970; undefined where the system does not say. */
  readonly expiresAt: number | undefined;
  /** Another process requested it, some time ago: the system may have withdrawn it since. */
  readonly isTaken?: true;
}

/** What processes that use one connection have of each other's tokens. */
export interface TokenShare {
  /**
   * One process at a time: the token another process got since this one last had one, where `isGood` accepts it, else
   * what `request` brings, kept for the others.
   */
  renew(request: () => Promise<AccessToken>, isGood: (token: AccessToken) => boolean): Promise<AccessToken>;
}

export interface TokenStore {
  /** The current token, or a new one where there is none or it ends within the margin. */
  get(request: () => Promise<AccessToken>, now: number): Promise<AccessToken>;
  /** A token that is requested in any case, and is the current one from then on. */
  getNew(request: () => Promise<AccessToken>): Promise<AccessToken>;
  /** Drops `refused` if it is still the current token, so that the next `get` asks for a new one. */
  drop(refused: string): void;
  /** The refresh token to send instead of this one, where the system has replaced it since. */
  newestRefreshToken(refreshToken: string): string;
  replaceRefreshToken(old: string, next: string): void;
}

/** A token that ends sooner than this is renewed before it is used. */
const MARGIN_MS = 60_000;

const alone: TokenShare = { renew: (request) => request() };

export function createTokenStore(share: TokenShare = alone): TokenStore {
  let current: AccessToken | undefined;
  let pending: Promise<AccessToken> | undefined;
  const replaced = new Map<string, string>();

  async function renew(...how: Parameters<TokenShare["renew"]>): Promise<AccessToken> {
    current = await share.renew(...how);
    return current;
  }

  return {
    async get(request, now) {
      const isFresh = ({ expiresAt }: AccessToken): boolean =>
        expiresAt === undefined || expiresAt - MARGIN_MS > now;
      if (current !== undefined && isFresh(current)) return current;
      pending ??= renew(request, isFresh).finally(() => (pending = undefined));
      return pending;
    },
    getNew: (request) => renew(request, () => false),
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
