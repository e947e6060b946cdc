/**
 * React Flow as a picture: what it draws is placed by us, and nothing on it is dragged, zoomed or reached with keys of
 * its own. What can be done with it is done in the list beside it.
 */
import type { ReactFlowProps } from "@xyflow/react";

export const fixedCanvas = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  panOnDrag: false,
  panOnScroll: false,
  zoomOnScroll: false,
  zoomOnPinch: false,
  zoomOnDoubleClick: false,
  preventScrolling: false,
  disableKeyboardA11y: true,
  proOptions: { hideAttribution: true },
  defaultViewport: { x: 0, y: 0, zoom: 1 },
  minZoom: 1,
  maxZoom: 1,
} as const satisfies ReactFlowProps;
