from hold.loading.apps import LoadingConfig

label = LoadingConfig.name
