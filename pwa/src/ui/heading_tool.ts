import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'

/** Stands in every heading once it is loaded: the loudspeaker, which the first screen does not wait for. */
export const heading_tool = signal<ComponentType | null>(null)
