// What this browser remembers; a browser that refuses storage just forgets.

export function recall(key) {
  try {
    return localStorage.getItem(`assay:${key}`);
  } catch {
    return null;
  }
}

/** True when the value was kept. A null value forgets the key. */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(`assay:${key}`);
    else localStorage.setItem(`assay:${key}`, value);
    return true;
  } catch {
    return false;
  }
}
