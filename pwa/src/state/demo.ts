/** Imported only by the sign-in screen. */
import { transport } from '../sync/transport.ts'
import { origin } from './phone.ts'

/** Whether the server is a demo, whose passwords everyone knows. False when it cannot be asked. */
export async function is_demo(): Promise<boolean> {
  try {
    const health = (await transport(origin())('/api/v1/health', { method: 'GET' })) as { demo?: unknown }
    return health.demo === true
  } catch {
    return false
  }
}
