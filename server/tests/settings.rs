//! Settings: all problems at once, in words, and no secrets.

use server::settings::{Encryption, Environment, Given, LogFormat, Origin, Settings, SmtpSettings, Way};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn everything_has_a_default() {
    let settings = Settings::read(&Given::default()).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.public_url, "http://localhost:3000");
    assert_eq!(settings.environment, Environment::Development);
    assert_eq!(settings.log_format, LogFormat::Text);
    assert!(settings.database_url.is_none() && settings.worker && settings.rate_limits && !settings.demo);
}

#[test]
fn all_problems_are_told_at_once() {
    let given = Given {
        listen: some("nowhere"),
        database_url: some("mysql://root:hunter2@db/shop"),
        database_app_url: some("hunter2"),
        public_url: some("www.example.com/shop"),
        environment: some("staging"),
        metrics_token: some("hunter2"),
        log: some("a==b"),
        log_format: some("xml"),
        trusted_proxies: some("10.0.0.0/8, proxy.local"),
        pool_size: some("many"),
        worker: some("perhaps"),
        demo: some("2"),
        request_timeout: some("0"),
        request_body_limit: some("-1"),
        upload_limit: some("1e9"),
        connections_per_address: some("0"),
        rate_limits: some("maybe"),
        signing_key: some("hunter2"),
        development_in_public: some("why not"),
        local_calendars: some("perhaps"),
        encryption_key: some("hunter2"),
        old_encryption_keys: some("hunter2,hunter2"),
        smtp_url: some("smtp://hub:hunter2@"),
        mail_from: some("the shop"),
        twilio_base_url: some("http://api.example.com"),
        twilio_account_sid: some("AC/1"),
        ..Given::default()
    };
    let problems = Settings::read(&given).unwrap_err();
    let names: Vec<_> = problems.0.iter().map(|problem| problem.setting).collect();
    for name in [
        "LISTEN",
        "ENCRYPTION_KEY",
        "OLD_ENCRYPTION_KEYS",
        "DATABASE_URL",
        "DATABASE_APP_URL",
        "SIGNING_KEY",
        "PUBLIC_URL",
        "ENVIRONMENT",
        "DEVELOPMENT_IN_PUBLIC",
        "LOCAL_CALENDARS",
        "METRICS_TOKEN",
        "LOG",
        "LOG_FORMAT",
        "TRUSTED_PROXIES",
        "POOL_SIZE",
        "WORKER",
        "DEMO",
        "REQUEST_TIMEOUT",
        "REQUEST_BODY_LIMIT",
        "UPLOAD_LIMIT",
        "CONNECTIONS_PER_ADDRESS",
        "RATE_LIMITS",
        "SMTP_URL",
        "MAIL_FROM",
        "TWILIO_BASE_URL",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM",
    ] {
        assert!(names.contains(&name), "nothing said about {name}: {problems}");
    }
    assert!(!problems.to_string().contains("hunter2"), "{problems}");
    assert!(problems.to_string().contains("'proxy.local' is neither an address nor a network"), "{problems}");
}

#[test]
fn production_asks_for_more() {
    let given = Given {
        environment: some("production"),
        demo: some("on"),
        rate_limits: some("off"),
        local_calendars: some("on"),
        ..Given::default()
    };
    let problems = Settings::read(&given).unwrap_err();
    let names: Vec<_> = problems.0.iter().map(|problem| problem.setting).collect();
    assert_eq!(names, ["PUBLIC_URL", "SMTP_URL", "LOCAL_CALENDARS", "RATE_LIMITS", "DEMO"]);

    // Somebody else's database and no folder: processes would have keys of their own.
    let apart = Given {
        environment: some("production"),
        public_url: some("https://www.example.com"),
        smtp_url: some("off"),
        database_url: some("postgres://db/hub?sslmode=verify-full"),
        ..Given::default()
    };
    let names: Vec<_> = Settings::read(&apart).unwrap_err().0.iter().map(|problem| problem.setting).collect();
    assert_eq!(names, ["ENCRYPTION_KEY", "SIGNING_KEY"]);
    assert!(Settings::read(&Given { data_dir: some("/srv/hub"), ..apart.clone() }).is_ok());
    let key = some("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    assert!(Settings::read(&Given { signing_key: key.clone(), encryption_key: key, ..apart }).is_ok());

    let plain =
        Given { environment: some("production"), public_url: some("http://www.example.com"), ..Given::default() };
    assert_eq!(Settings::read(&plain).unwrap_err().0[0].setting, "PUBLIC_URL");

    let right = Given {
        environment: some("production"),
        public_url: some("https://WWW.example.com/"),
        smtp_url: some("off"),
        ..Given::default()
    };
    let settings = Settings::read(&right).unwrap();
    assert_eq!(settings.public_url, "https://www.example.com");
    assert!(settings.https());
    assert_eq!(settings.log_format, LogFormat::Json);
}

#[test]
fn a_database_elsewhere_proves_who_it_is() {
    let read = |url: &str| {
        let given = Given {
            environment: some("production"),
            public_url: some("https://www.example.com"),
            smtp_url: some("off"),
            data_dir: some("/srv/hub"),
            database_url: some(url),
            ..Given::default()
        };
        Settings::read(&given).map(drop).map_err(|problems| problems.to_string())
    };
    for url in [
        "postgres://hub:hunter2@db.example.com/hub",
        "postgres://hub:hunter2@db.example.com/hub?sslmode=prefer",
        "postgres://hub:hunter2@db.example.com/hub?sslmode=require",
        "postgres://hub:hunter2@10.0.0.5/hub?sslmode=verify-ca",
        "postgres://hub:hunter2@127.0.0.1.example.com/hub?sslmode=disable",
    ] {
        let said = read(url).unwrap_err();
        assert!(said.contains("sslmode=verify-full") && !said.contains("hunter2"), "{url}: {said}");
    }
    for url in [
        "postgres://hub@db.example.com/hub?sslmode=verify-full",
        "postgres://hub@localhost/hub",
        "postgres://hub@127.0.0.1:5433/hub",
        "postgres://hub@[::1]/hub",
        "postgres://hub@localhost/hub?host=/var/run/postgresql",
        "postgres://%2Fvar%2Frun%2Fpostgresql/hub",
    ] {
        assert_eq!(read(url), Ok(()), "{url}");
    }
}

#[test]
fn a_public_listener_stands_behind_a_proxy() {
    let read = |listen: &str, proxies: &str| {
        let given = Given {
            environment: some("production"),
            public_url: some("https://www.example.com"),
            smtp_url: some("off"),
            listen: some(listen),
            trusted_proxies: some(proxies),
            ..Given::default()
        };
        Settings::read(&given).map_or_else(|problems| problems.0[0].setting, |_| "fine")
    };
    for listen in ["0.0.0.0:3000", "[::]:3000", "10.0.0.7:80"] {
        assert_eq!(read(listen, ""), "TRUSTED_PROXIES", "{listen}");
        assert_eq!(read(listen, "10.0.0.1"), "fine", "{listen}");
    }
    for listen in ["127.0.0.1:3000", "[::1]:3000"] {
        assert_eq!(read(listen, ""), "fine", "{listen}");
    }
}

#[test]
fn development_stays_on_this_machine() {
    let complaints = |listen: &str, public_url: &str, meant: &str| {
        let given = Given {
            listen: some(listen),
            public_url: some(public_url),
            development_in_public: some(meant),
            ..Given::default()
        };
        let problems = Settings::read(&given).map_or_else(|problems| problems.0, |_| Vec::new());
        problems.iter().map(|problem| problem.setting).collect::<Vec<_>>()
    };
    for (listen, public_url) in [
        ("127.0.0.1:3000", ""),
        ("[::1]:3000", ""),
        ("127.0.0.1:3000", "http://localhost:8080"),
        ("127.0.0.1:3000", "https://hub.localhost"),
        ("127.0.0.1:3000", "http://[::1]:3000"),
    ] {
        assert_eq!(complaints(listen, public_url, "off"), [""; 0], "{listen} {public_url}");
    }
    assert_eq!(complaints("0.0.0.0:3000", "http://localhost:3000", "off"), ["LISTEN"]);
    assert_eq!(complaints("[::]:3000", "http://localhost:3000", "off"), ["LISTEN"]);
    assert_eq!(complaints("192.168.1.5:3000", "", "off"), ["LISTEN", "PUBLIC_URL"]);
    assert_eq!(complaints("127.0.0.1:3000", "https://hub.example", "off"), ["PUBLIC_URL"]);
    assert_eq!(complaints("127.0.0.1:3000", "https://localhost.hub.example", "off"), ["PUBLIC_URL"]);
    assert_eq!(complaints("0.0.0.0:3000", "https://hub.example", "on"), [""; 0], "it is meant");
}

#[test]
fn an_empty_variable_is_not_given() {
    let given = Given { database_url: some(""), pool_size: some(" "), ..Given::default() };
    let settings = Settings::read(&given).unwrap();
    assert!(settings.database_url.is_none());
    assert_eq!(settings.pool_size, 16);
}

#[test]
fn secrets_are_never_shown() {
    const KEY: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    let given = Given {
        database_url: some("postgres://hub:hunter2@db/hub"),
        signing_key: some(KEY),
        encryption_key: some(KEY),
        smtp_url: some("smtps://hub:hunter2@mail.example.com"),
        mail_from: some("Hub <hello@example.com>"),
        twilio_account_sid: some("AC1"),
        twilio_auth_token: some("hunter2"),
        twilio_from: some("+15005550006"),
        ..Given::default()
    };
    let settings = Settings::read(&given).unwrap();
    let shown: Vec<_> =
        settings.shown(|_| Origin::Default).into_iter().map(|line| format!("{} {}", line.name, line.value)).collect();
    assert!(shown.contains(&"DATABASE_URL (set)".to_owned()), "{shown:?}");
    assert!(shown.contains(&"SMTP_URL (set: mail.example.com:465)".to_owned()), "{shown:?}");
    assert!(shown.contains(&"TWILIO_AUTH_TOKEN (set)".to_owned()), "{shown:?}");
    assert!(shown.contains(&"SIGNING_KEY (set)".to_owned()), "{shown:?}");
    let said = format!("{shown:?} {settings:?}");
    assert!(!said.contains("hunter2") && !said.contains(KEY), "{said}");
}

fn mail(url: &str) -> Result<Way<SmtpSettings>, String> {
    let given = Given { smtp_url: some(url), mail_from: some("Hub <hello@example.com>"), ..Given::default() };
    Settings::read(&given).map(|settings| settings.post.mail).map_err(|problems| problems.to_string())
}

#[test]
fn mail_servers_are_read_with_safe_defaults() {
    for (url, host, port, encryption) in [
        ("smtp://mail.example.com", "mail.example.com", 587, Encryption::Upgrade),
        ("smtp://mail.example.com:25?tls=required", "mail.example.com", 25, Encryption::Upgrade),
        ("smtps://mail.example.com/", "mail.example.com", 465, Encryption::FromStart),
        ("smtp://relay.internal?tls=none", "relay.internal", 587, Encryption::None),
        ("smtp://a:b@127.0.0.1:25?tls=none", "127.0.0.1", 25, Encryption::None),
    ] {
        let Ok(Way::By(smtp)) = mail(url) else {
            panic!("{url} can be read");
        };
        assert_eq!((smtp.host.as_str(), smtp.port, smtp.encryption), (host, port, encryption), "{url}");
    }
    for (url, said) in [
        ("mail.example.com", "smtp://"),
        ("http://mail.example.com", "smtp://"),
        ("smtp://mail.example.com/inbox", "smtp://"),
        ("smtp://a@mail.example.com", "no password"),
        ("smtp://a:hunter2@mail.example.com?tls=none", "in the clear"),
        ("smtp://a:hunter2@mail.example.com?tls=maybe", "tls=required"),
        ("smtps://a:hunter2@mail.example.com?tls=none", "tls=required"),
        ("smtp://a:hunter2%ff@mail.example.com", "percent-encode"),
    ] {
        let words = mail(url).unwrap_err();
        assert!(words.contains("SMTP_URL") && words.contains(said) && !words.contains("hunter2"), "{url}: {words}");
    }
    assert!(matches!(mail("off"), Ok(Way::Off)));
    assert!(matches!(mail(""), Ok(Way::Shown)));
    let nobody = Given { smtp_url: some("smtp://mail.example.com"), ..Given::default() };
    assert_eq!(Settings::read(&nobody).unwrap_err().0[0].setting, "MAIL_FROM");
}

#[test]
fn secrets_can_be_read_from_files() {
    let folder = std::env::temp_dir().join(format!("hub-secrets-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    let (good, empty) = (file("key", &format!("{key}\n")), file("empty", "\n"));
    let with = |given: Given, files: &[(&str, &str)]| {
        given.with_files(|name| files.iter().find(|(known, _)| *known == name).map(|(_, file)| (*file).to_owned()))
    };
    let given = with(Given::default(), &[("SIGNING_KEY_FILE", &good), ("OLD_ENCRYPTION_KEYS_FILE", &good)]).unwrap();
    let settings = Settings::read(&given).unwrap();
    assert!(settings.signing_key.is_some() && settings.old_encryption_keys.len() == 1);
    assert_eq!(given.from_files, ["signing_key", "old_encryption_keys"]);

    let twice = Given { signing_key: some(key), ..Given::default() };
    let gone = folder.join("gone");
    let files = [
        ("SIGNING_KEY_FILE", good.as_str()),
        ("SMTP_URL_FILE", empty.as_str()),
        ("DATABASE_URL_FILE", gone.to_str().unwrap()),
    ];
    let problems = with(twice, &files).map(|_| ()).unwrap_err();
    let names: Vec<_> = problems.0.iter().map(|problem| problem.setting).collect();
    assert_eq!(names, ["DATABASE_URL", "SIGNING_KEY", "SMTP_URL"]);
    assert!(!problems.to_string().contains(key), "{problems}");

    let said = std::process::Command::new(env!("CARGO_BIN_EXE_servicehub"))
        .arg("config")
        .env_clear()
        .env("ENCRYPTION_KEY_FILE", &good)
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let line = said.lines().find(|line| line.starts_with("ENCRYPTION_KEY ")).unwrap();
    assert!(line.contains("(set)") && line.ends_with("file") && !said.contains(key), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn config_says_where_each_setting_comes_from() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_servicehub"))
        .args(["config", "--pool-size", "9"])
        .env_clear()
        .env("DATABASE_URL", "postgres://hub:hunter2@db/hub")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let line = |name: &str| {
        said.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("POOL_SIZE"), "POOL_SIZE 9 flag");
    assert_eq!(line("DATABASE_URL"), "DATABASE_URL (set) environment");
    assert_eq!(line("LISTEN"), "LISTEN 127.0.0.1:3000 default");
    assert!(!said.contains("hunter2"));
}
