/** An icon that means something by itself, with its meaning as hidden text. */
import type { LucideIcon } from "lucide-react";

export interface MarkIconProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly size?: number;
  readonly className?: string | undefined;
}

export function MarkIcon({ icon: Icon, label, size = 16, className }: MarkIconProps) {
  return (
    <span className={className} style={{ display: "inline-flex", flex: "none" }}>
      <Icon size={size} aria-hidden />
      <span className="fb-hidden">{label}</span>
    </span>
  );
}
