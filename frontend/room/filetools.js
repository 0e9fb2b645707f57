// Adding, renaming, deleting and resetting files; what throws work away can be undone.

class NameDialog {
  constructor(workspace) {
    this.workspace = workspace;
    this.dialog = document.getElementById("file-name");
    this.input = this.dialog.querySelector("input");
    this.fault = this.dialog.querySelector("[data-file-error]");
    this.dialog.querySelector("[data-file-form]").addEventListener("submit", (event) => this.confirm(event));
    this.input.addEventListener("input", () => this.showFault(""));
    // Closing gives the focus back to the button; only after that may a new file take it.
    this.dialog.addEventListener("close", () => this.chosen && this.onName(this.chosen));
  }

  ask({ title, verb, name, onName }) {
    this.dialog.querySelector("[data-file-title]").textContent = title;
    this.dialog.querySelector("[data-file-confirm]").textContent = verb;
    this.input.value = name;
    this.oldName = name;
    this.chosen = "";
    this.onName = onName;
    this.showFault("");
    this.dialog.showModal();
    this.input.focus();
    this.input.select();
  }

  showFault(text) {
    this.fault.textContent = text;
    this.input.setAttribute("aria-invalid", String(Boolean(text)));
  }

  confirm(event) {
    const name = this.input.value.trim();
    const isUnchanged = Boolean(name) && name === this.oldName;
    const fault = isUnchanged ? "" : this.workspace.faultOf(name);
    if (fault) {
      event.preventDefault();
      this.showFault(fault);
      this.input.focus();
    } else if (!isUnchanged) {
      this.chosen = name;
    }
  }
}

export function startFileTools(room, workspace, snack, starter) {
  const tools = room.querySelector("[data-file-tools]");
  const dialog = new NameDialog(workspace);
  const button = (name) => tools.querySelector(`[data-does=${name}]`);
  const undoable = (text, act) => {
    const before = workspace.snapshot();
    act();
    snack.show(text, () => workspace.restore(before));
  };

  button("add").addEventListener("click", () =>
    dialog.ask({ title: "Add a file", verb: "Add", name: "", onName: (name) => workspace.add(name) }),
  );
  button("rename").addEventListener("click", () => {
    const old = workspace.active;
    dialog.ask({ title: `Rename ${old}`, verb: "Rename", name: old, onName: (name) => workspace.rename(old, name) });
  });
  button("delete").addEventListener("click", () => {
    const name = workspace.active;
    undoable(`Deleted ${name}.`, () => workspace.remove(name));
  });
  button("reset").addEventListener("click", () => {
    const name = workspace.active;
    undoable(`${name} is back at the starter.`, () => workspace.rewrite(name, starter[name]));
  });

  const refresh = () => {
    const name = workspace.active;
    const isFixed = name === workspace.entry || workspace.isFixed;
    button("rename").disabled = isFixed;
    button("delete").disabled = isFixed;
    button("reset").disabled = !(name in starter) || workspace.textOf(name) === starter[name];
  };
  workspace.addEventListener("change", refresh);
  workspace.addEventListener("show", refresh);
  refresh();
  tools.hidden = false;
}
