/** The settings of a connection as names and values to read. */
import type { ConnectionConfig } from "@fieldbridge/model";

export const toFacts = (config: ConnectionConfig): readonly (readonly [string, string])[] =>
  config.system === "salesforce"
    ? [
        ["Address", config.instanceUrl],
        ["API version", config.apiVersion],
        ["Client id", config.clientId],
        ["Sign-in", config.grant === "client_credentials" ? "Client credentials" : "Refresh token"],
      ]
    : [
        ["API address", config.apiUrl],
        ["Token address", config.tokenUrl],
        ["Company", config.company],
        ["Client id", config.clientId],
        ["Scope", config.scope],
      ];
