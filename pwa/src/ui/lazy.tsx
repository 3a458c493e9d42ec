import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { t } from '../messages/index.ts'
import { Empty } from './banner.tsx'
import { Button } from './button.tsx'

/**
 * Components that are loaded when one of them is first shown. What an installed app has kept is there in a moment, offline too;
 * what was never downloaded says so, and can be tried again: with a new page, since browsers keep that a module failed.
 */
export function lazy<Module>(load: () => Promise<Module>) {
  const loaded = signal<Module | 'failed' | null>(null)
  let asked = false
  const ask = (): void => {
    asked = true
    load().then(
      (module) => {
        loaded.value = module
      },
      () => {
        loaded.value = 'failed'
      },
    )
  }
  /** Loads ahead, while nobody waits for it. */
  const ahead = () => {
    if (!asked) ask()
  }
  /** The component that `choose` takes from the module. */
  function part<Props extends object>(choose: (module: Module) => ComponentType<Props>) {
    return function Part(props: Props) {
      if (loaded.value === null) {
        queueMicrotask(ahead)
        return <Empty icon="clock">{t('loading')}</Empty>
      }
      if (loaded.value === 'failed')
        return (
          <Empty
            icon="offline"
            action={
              <Button icon="undo" onClick={() => location.reload()}>
                {t('try_again')}
              </Button>
            }
          >
            {t('needs_network_once')}
          </Empty>
        )
      const Chosen = choose(loaded.value as Module)
      return <Chosen {...props} />
    }
  }
  return { part, ahead }
}
