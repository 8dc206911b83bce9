"""The domain: registry, consolidation, matching, exemptions, seats, identity, information."""
