/**
 * Mantine with every colour pair measured for contrast in light and dark: filled parts use shade 8 in both schemes,
 * and light, outline and subtle variants take their text from the ends of the scale.
 */
import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from "@mantine/core";

const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const name = (input.color ?? input.theme.primaryColor).split(".")[0];
  if (!["light", "outline", "subtle"].includes(input.variant)) return colors;
  return {
    ...colors,
    color: `light-dark(var(--mantine-color-${name}-9), var(--mantine-color-${name}-2))`,
  };
};

const mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: "pointer",
  defaultRadius: "sm",
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: mono,
  breakpoints: { navigation: "56.25em", search: "62.5em" },
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.125rem" } } },
  colors: {
    yellow: [
      "#fff8e1",
      "#ffecb3",
      "#ffe082",
      "#ffd54f",
      "#ffca28",
      "#c98a00",
      "#a86f00",
      "#8a5a00",
      "#6f4800",
      "#573800",
    ],
    green: [
      "#ebfbee",
      "#d3f9d8",
      "#b2f2bb",
      "#8ce99a",
      "#69db7c",
      "#2f9e44",
      "#2b8a3e",
      "#237032",
      "#1b5e28",
      "#144a1f",
    ],
  },
  variantColorResolver,
  components: {
    Checkbox: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
        // Its header element would else count as a second page banner.
        attributes: { header: { role: "presentation" } },
        styles: { title: { fontWeight: 650, fontSize: "1.0625rem" } },
      },
    },
    Notification: { styles: { description: { color: "var(--mantine-color-text)" } } },
    Drawer: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        attributes: { header: { role: "presentation" } },
      },
    },
  },
});

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c636a",
    "--mantine-color-placeholder": "#6b7278",
    "--mantine-color-error": "#c92a2a",
    "--fb-canvas": "#f6f7f9",
    "--fb-panel": "#ffffff",
    "--fb-border": "#d9dde2",
    "--fb-hover": "#eef3f8",
    "--fb-selected": "#e0edfa",
    "--fb-focus": "#1864ab",
  },
  dark: {
    "--mantine-color-dimmed": "#a6a7ab",
    "--mantine-color-placeholder": "#9a9ba0",
    "--mantine-color-error": "#ff8787",
    "--fb-canvas": "#1b1c1f",
    "--fb-panel": "#242529",
    "--fb-border": "#3b3d43",
    "--fb-hover": "#2d3037",
    "--fb-selected": "#1c3350",
    "--fb-focus": "#74c0fc",
  },
});
