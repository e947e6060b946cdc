/** Which addresses the server calls for a person, and which never. */
import { expect, test } from "vitest";
import { toAllowAddress } from "./address-policy.ts";

const judge = (policy: Parameters<typeof toAllowAddress>[0]) => {
  const allow = toAllowAddress(policy);
  return (address: string) => allow(address, "host.example");
};
const strict = judge({ loopback: false, privateNetworks: false });
const local = judge({ loopback: true, privateNetworks: false });
const open = judge({ loopback: true, privateNetworks: true });

test.each(["52.13.4.5", "2606:4700::1111", "172.32.0.1", "::ffff:52.13.4.5"])(
  "the public address %s is called under every policy",
  (address) => expect([strict, local, open].map((allows) => allows(address))).toEqual([true, true, true]),
);

test.each(["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"])(
  "%s, this machine, is called only where the policy says so",
  (address) => expect([strict, local, open].map((allows) => allows(address))).toEqual([false, true, true]),
);

test.each(["10.1.2.3", "172.16.0.1", "192.168.4.1", "100.64.0.9", "fc00::1", "fd12::1", "::ffff:10.1.2.3"])(
  "%s, a network inside, is called only where the installation allows such networks",
  (address) => expect([strict, local, open].map((allows) => allows(address))).toEqual([false, false, true]),
);

test.each([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "fe80::1",
  "fe80::1%eth0",
  "fd00:ec2::254",
  "100.100.100.200",
  "168.63.129.16",
  "0.0.0.0",
  "::",
  "224.0.0.1",
  "255.255.255.255",
  "64:ff9b::a9fe:a9fe",
  "2002:7f00:1::",
])("%s is never called", (address) =>
  expect([strict, local, open].map((allows) => allows(address))).toEqual([false, false, false]),
);
