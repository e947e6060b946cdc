/**
 * Which IP addresses connections may lead to. A connection's address is typed by a person and called by the server,
 * so without a rule it would reach whatever the server's network trusts. The reasons are in decision 0009.
 */
import { BlockList, isIPv6 } from "node:net";
import type { AllowAddress } from "@fieldbridge/connectors";

export interface AddressPolicy {
  /** This machine itself. */
  readonly loopback: boolean;
  /** The networks a company uses inside: 10.x, 172.16.x, 192.168.x, 100.64.x, fc00::. */
  readonly privateNetworks: boolean;
}

type Range = readonly [network: string, prefix: number];

const LOOPBACK: readonly Range[] = [
  ["127.0.0.0", 8],
  ["::1", 128],
];
const PRIVATE: readonly Range[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["fc00::", 7],
];
/** Link-local with the metadata services of clouds, "this network", multicast, reserved: no system answers there. */
const NEVER: readonly Range[] = [
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["::", 128],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
  // Metadata of AWS by IPv6, of Alibaba, and the host service of Azure.
  ["fd00:ec2::254", 128],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  // Ways to write an IPv4 address as an IPv6 one that a gateway would turn back.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
];

function toBlockList(ranges: readonly Range[]): (address: string) => boolean {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, isIPv6(network) ? "ipv6" : "ipv4");
  // `check` also finds an IPv4 rule for an IPv4 address mapped into IPv6.
  return (address) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

const isLoopback = toBlockList(LOOPBACK);
const isPrivate = toBlockList(PRIVATE);
const isNever = toBlockList(NEVER);

export const toAllowAddress =
  ({ loopback, privateNetworks }: AddressPolicy): AllowAddress =>
  (address) => {
    // A zone (`fe80::1%eth0`) says through which card; it is no part of the address.
    const [plain = ""] = address.split("%");
    if (isNever(plain)) return false;
    if (isLoopback(plain)) return loopback;
    return privateNetworks || !isPrivate(plain);
  };
