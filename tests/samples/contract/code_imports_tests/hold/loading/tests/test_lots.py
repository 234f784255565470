from hold.loading.tests.lots import NUMBER

same = NUMBER
