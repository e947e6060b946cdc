// Access tokens in the form clients expect, `00D…!…`, and who a request comes from.
import type { Tokens } from "../../core/tokens.ts";
import { DEMO_ORG } from "../demo-org.ts";
import { apiError } from "../errors.ts";

const PREFIX = `${DEMO_ORG.organizationId.slice(0, 15)}!AQ`;

export interface Access {
  issueAccess(): string;
  issueRefresh(): string;
  isAccess(token: string): boolean;
  isRefresh(token: string): boolean;
  revoke(token: string): Promise<void>;
  /** Throws the 401 of a missing or expired session. */
  check(authorization: string | undefined): void;
}

function withoutPrefix(token: string): string {
  return token.startsWith(PREFIX) ? token.slice(PREFIX.length) : token;
}

export function createAccess(tokens: Tokens): Access {
  const isAccess = (token: string): boolean =>
    token.startsWith(PREFIX) && tokens.isValid("access", withoutPrefix(token));
  return {
    issueAccess: () => PREFIX + tokens.issue("access"),
    issueRefresh: () => tokens.issue("refresh"),
    isAccess,
    isRefresh: (token) => tokens.isValid("refresh", token),
    revoke: (token) => tokens.revoke(withoutPrefix(token)),
    check(authorization) {
      const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? "")?.[1];
      if (token === undefined) throw apiError(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE");
      if (!isAccess(token)) throw apiError(401, "INVALID_SESSION_ID", "Session expired or invalid");
    },
  };
}
