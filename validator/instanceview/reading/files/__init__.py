"""Files and streams, packed ones too."""
