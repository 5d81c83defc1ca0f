// Words come from the page in its own language (data attributes); {0}, {1} are filled here.
export const fill = (text, ...values) => (text ?? "").replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
