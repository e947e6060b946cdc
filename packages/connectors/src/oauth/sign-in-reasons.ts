/**
 * Why a token endpoint said no, in words a person can act on. Sources: Microsoft Entra authentication error codes
 * (AADSTS…) and Salesforce "OAuth 2.0 error codes".
 */

const ENTRA_REASONS: Readonly<Record<string, string>> = {
  "7000215": "The client secret is wrong. Often the id of the secret was pasted instead of its value.",
  "7000222": "The client secret has expired. Create a new one in Microsoft Entra and enter it here.",
  "700016": "The client id is not known in this tenant.",
  "90002": "The tenant in the token address does not exist.",
  "70011": "The scope is not valid; it must end with /.default.",
  "500011": "The resource named by the scope is not known in this tenant; check the environment's address.",
  "900144": "The sign-in request lacks a value; check client id and secret.",
  "65001": "An administrator has not consented to this application yet.",
};

const SALESFORCE_REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /no client credentials user enabled/i,
    "The app has no user to run as; set one in its client credentials flow.",
  ],
  [/expired access\/refresh token/i, "The refresh token has expired or was revoked; sign in again."],
  [/no valid scopes defined/i, "The app has no usable scope; give it the scope 'api'."],
  [/ip restricted/i, "Salesforce does not allow this user to sign in from this address."],
  [/user is locked/i, "The user is locked in Salesforce."],
  [/hasn't approved|not admin approved/i, "The user is not approved for this app; ask the administrator."],
];

const REASONS: Readonly<Record<string, string>> = {
  invalid_client: "The client secret is wrong.",
  invalid_client_id: "The client id is not known.",
  invalid_grant: "The sign-in was not accepted; check the app, its user and the secret.",
  unauthorized_client: "The client id is not known here or may not sign in this way.",
  unsupported_grant_type: "This way to sign in is switched off in the system.",
  invalid_scope: "The scope is not valid.",
  inactive_user: "The user is inactive.",
  inactive_org: "The organisation is inactive.",
  invalid_app_access: "The user is not approved for this app; ask the administrator.",
};

/** One or two sentences; the system's own text where nothing better is known. */
export function describeSignInError(error: string, description: string): string {
  const entraCode = /AADSTS(\d+)/.exec(description)?.[1];
  const entra = entraCode === undefined ? undefined : ENTRA_REASONS[entraCode];
  if (entra !== undefined) return `${entra} (AADSTS${entraCode})`;
  const salesforce = SALESFORCE_REASONS.find(([pattern]) => pattern.test(description))?.[1];
  const ownWords = description.split(/\s+Trace ID:/)[0]?.trim() ?? "";
  const reason = salesforce ?? REASONS[error];
  if (reason === undefined)
    return ownWords === "" ? `The system said: ${error}.` : `The system said: ${ownWords}`;
  return ownWords === "" ? `${reason} (${error})` : `${reason} The system said: ${ownWords}`;
}
