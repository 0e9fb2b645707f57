// A new plan is kept in the time zone of this browser, if the list has it; who wants another chooses it.

export function suggestZone() {
  const field = document.querySelector("select[data-suggests-zone]");
  if (!field) return;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ([...field.options].some((option) => option.value === timeZone)) field.value = timeZone;
}
