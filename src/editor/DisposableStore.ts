import type { Disposable } from 'vscode';

/** Owns several disposables and lets go of them together, last added first. */
export class DisposableStore implements Disposable {
  private readonly owned: Disposable[] = [];
  private disposed = false;

  /** True once it has let go of everything. */
  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Takes ownership; disposes at once when the store itself is gone already. Returns what it was given. */
  add<T extends Disposable>(disposable: T): T {
    if (this.disposed) disposable.dispose();
    else this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.disposed = true;
    for (const disposable of this.owned.splice(0).reverse()) disposable.dispose();
  }
}
