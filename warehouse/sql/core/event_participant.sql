SELECT * FROM core.participants('infinity')
