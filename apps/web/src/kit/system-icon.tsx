/** The kind of a system as an icon with its name; connections and transfers show both. */
import { Group, Text } from "@mantine/core";
import type { SystemName } from "@fieldbridge/model";
import { Building2, Cloud, type LucideIcon } from "lucide-react";
import { MarkIcon } from "./mark-icon.tsx";

const systems: Record<SystemName, [LucideIcon, string]> = {
  salesforce: [Cloud, "Salesforce"],
  "business-central": [Building2, "Business Central"],
};

export const systemLabel = (system: SystemName): string => systems[system][1];

export function SystemIcon({ system, size = 18 }: { system: SystemName; size?: number }) {
  const [icon, label] = systems[system];
  return <MarkIcon icon={icon} label={label} size={size} />;
}

export function SystemText({ system }: { system: SystemName }) {
  const [Icon, label] = systems[system];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} aria-hidden />
      <Text span inherit>
        {label}
      </Text>
    </Group>
  );
}
