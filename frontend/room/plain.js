// The plain text area in place of the editor: for who prefers what the browser itself brings along.

export class PlainView {
  constructor(textarea, state) {
    this.textarea = textarea;
    this.dom = textarea;
    this.setState(state);
    this.listener = () => this.typed();
    textarea.addEventListener("input", this.listener);
    textarea.hidden = false;
    textarea.disabled = false;
  }

  setState(state) {
    this.state = state;
    this.textarea.value = state.doc.toString();
    this.textarea.readOnly = state.readOnly;
  }

  /** The state stays the truth, so that nothing else needs to know which view is shown. */
  typed() {
    const change = { from: 0, to: this.state.doc.length, insert: this.textarea.value };
    this.state = this.state.update({ changes: change }).state;
    this.onEdit();
  }

  focus() {
    this.textarea.focus();
  }

  destroy() {
    this.textarea.removeEventListener("input", this.listener);
    this.textarea.hidden = true;
    this.textarea.disabled = true;
  }
}
