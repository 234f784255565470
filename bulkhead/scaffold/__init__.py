"""What `startcomponent` writes: a component with the chosen layers, and a test that passes."""
