// The SOAP login that older clients still use by default, and its logout. Versions from 65 on no longer have it.
import type { FastifyInstance } from "fastify";
import { DEMO_ORG } from "../demo-org.ts";
import type { Access } from "./access.ts";

const OPEN = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>`;
const CLOSE = "</soapenv:Body></soapenv:Envelope>";
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const LAST_SOAP_VERSION = 64;

function readElement(xml: string, name: string): string | null {
  const found = new RegExp(`<(?:\\w+:)?${name}[^>]*>([^<]*)</`).exec(xml)?.[1];
  return found === undefined
    ? null
    : found.replace(/&(\w+);/g, (all, entity: string) => ENTITIES[entity] ?? all);
}

function toFault(code: string, message: string): string {
  return `${OPEN}<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${code}: ${message}</faultstring><detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${message}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>${CLOSE}`;
}

function toLoginResult(origin: string, version: string, sessionId: string): string {
  const organization = DEMO_ORG.organizationId.slice(0, 15);
  return `${OPEN}<loginResponse><result><metadataServerUrl>${origin}/services/Soap/m/${version}/${organization}</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>true</sandbox><serverUrl>${origin}/services/Soap/u/${version}/${organization}</serverUrl><sessionId>${sessionId}</sessionId><userId>${DEMO_ORG.userId}</userId><userInfo><organizationId>${DEMO_ORG.organizationId}</organizationId><organizationName>${DEMO_ORG.name}</organizationName><userName>${DEMO_ORG.username}</userName><userFullName>Demo Integration</userFullName><userEmail>${DEMO_ORG.username}</userEmail><userDefaultCurrencyIsoCode xsi:nil="true"/><userTimeZone>UTC</userTimeZone><userLocale>en_GB</userLocale></userInfo></result></loginResponse>${CLOSE}`;
}

export function registerSoap(app: FastifyInstance, access: Access): void {
  app.post<{ Params: { "*": string } }>("/services/Soap/u/*", async (request, reply) => {
    const xml = typeof request.body === "string" ? request.body : "";
    const [version = ""] = request.params["*"].split("/");
    const answer = (status: number, text: string) =>
      reply.code(status).type("text/xml; charset=UTF-8").send(text);
    if (Number(version) > LAST_SOAP_VERSION)
      return answer(500, toFault("UNSUPPORTED_API_VERSION", "login() is not available in this API version"));
    if (/<(?:\w+:)?logout\b/.test(xml)) {
      const session = readElement(xml, "sessionId") ?? "";
      if (!access.isAccess(session))
        return answer(500, toFault("sf:INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader"));
      await access.revoke(session);
      return answer(200, `${OPEN}<logoutResponse/>${CLOSE}`);
    }
    const isDemo =
      readElement(xml, "username") === DEMO_ORG.username &&
      readElement(xml, "password") === DEMO_ORG.password;
    if (!isDemo)
      return answer(
        500,
        toFault("INVALID_LOGIN", "Invalid username, password, security token; or user locked out."),
      );
    return answer(200, toLoginResult(`http://${request.host}`, version, access.issueAccess()));
  });
}
