-- The data that a new state begins with. `:now` stands for the time at which it begins, in Unix seconds. Identifiers are
-- those of the document's examples where it has any; phone numbers are of ranges set aside for documentation and drama.

-- The countries of ISO 3166-1. Which ones the provider serves is not public.
INSERT INTO countries (code, served)
SELECT value, value IN ('AU', 'CA', 'DE', 'GB', 'IE', 'NZ', 'SG', 'US') FROM json_each('[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB",
    "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY",
    "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX",
    "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK",
    "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS",
    "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR",
    "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA",
    "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE",
    "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM",
    "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG",
    "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF",
    "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY",
    "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW"
]');

INSERT INTO places (city, region, country_code, postal_code) VALUES
    ('Sydney', 'NSW', 'AU', '2000'),
    ('Parramatta', 'NSW', 'AU', '2150'),
    ('Canberra', 'ACT', 'AU', '2601'),
    ('Melbourne', 'VIC', 'AU', '3000'),
    ('Brisbane', 'QLD', 'AU', '4000'),
    ('Adelaide', 'SA', 'AU', '5000'),
    ('Perth', 'WA', 'AU', '6000'),
    ('Hobart', 'TAS', 'AU', '7000'),
    ('Darwin', 'NT', 'AU', '0800'),
    ('Auckland', 'Auckland', 'NZ', '1010'),
    ('Wellington', 'Wellington', 'NZ', '6011'),
    ('New York', 'NY', 'US', '10001'),
    ('Chicago', 'IL', 'US', '60601'),
    ('San Francisco', 'CA', 'US', '94103'),
    ('Toronto', 'ON', 'CA', 'M5H 2N2'),
    ('Vancouver', 'BC', 'CA', 'V6B 1A1'),
    ('London', 'England', 'GB', 'SW1A 1AA'),
    ('Edinburgh', 'Scotland', 'GB', 'EH1 1YZ'),
    ('Dublin', 'Leinster', 'IE', 'D01 F5P2'),
    ('Berlin', 'Berlin', 'DE', '10115'),
    ('Singapore', 'Singapore', 'SG', '018956');

-- The account whose errors are met, and another tenant, of which it sees nothing.
INSERT INTO accounts (sid, token) VALUES
    ('AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'sandbox-token'),
    ('AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', 'other-sandbox-token');

INSERT INTO projects (sid, account_sid, name, main_domain, time_zone, sms_enabled, call_recording_enabled,
                      integrations_enabled, active) VALUES
    ('SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'Example Shop', 'shop.example.com',
     'AUS Eastern Standard Time', 1, 0, 0, 1),
    ('SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'Example Clinic', 'clinic.example.com',
     'AUS Eastern Standard Time', 1, 1, 0, 1),
    -- Text messages are not enabled here.
    ('S9VJ3HX6TPL0QW2ND7CRM5EYZ8KBG41F', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'Example Archive', 'archive.example.com',
     'New Zealand Standard Time', 0, 0, 0, 0),
    ('S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93', 'AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', 'Another Tenant', 'tenant.example.com',
     'Pacific Standard Time', 1, 0, 0, 1);

-- An administrator; one who may only read, in the first project; one who may do nothing here; one who is switched off.
INSERT INTO logins (sid, account_sid, email, password, enabled, created, first_name, last_name) VALUES
    ('3f0c2a9e-5b7d-4c1e-9a48-2d6f81b0c7e5', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'alex@example.com', 'alex-password',
     1, :now - 8640000, 'Alex', 'Citizen'),
    ('b81d6f02-7c3a-4e95-8f14-60a9d2e7c35b', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'robin@example.com',
     'robin-password', 1, :now - 5184000, 'Robin', 'Reader'),
    ('c2e94a17-05d8-4b6c-9d3f-1f7b82a06e4d', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'sam@example.com', 'sam-password',
     1, :now - 2592000, 'Sam', 'Accounts'),
    ('70f5b3ce-9a21-4d08-a6e7-8c4d19f0b752', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'kim@example.com', 'kim-password',
     0, :now - 2592000, 'Kim', 'Former'),
    ('e6a80d49-3b5f-4c72-8e1a-d0927f6c4b38', 'AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', 'jo@example.net', 'jo-password',
     1, :now - 2592000, 'Jo', 'Elsewhere');

INSERT INTO permissions (login_sid, account_sid, property_sid, scopes) VALUES
    ('3f0c2a9e-5b7d-4c1e-9a48-2d6f81b0c7e5', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', NULL, 'Admin'),
    ('b81d6f02-7c3a-4e95-8f14-60a9d2e7c35b', NULL, 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', 'Reporting,ReportingSms'),
    ('c2e94a17-05d8-4b6c-9d3f-1f7b82a06e4d', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', NULL, 'Billing'),
    ('70f5b3ce-9a21-4d08-a6e7-8c4d19f0b752', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', NULL, 'Manage'),
    ('e6a80d49-3b5f-4c72-8e1a-d0927f6c4b38', 'AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', NULL, 'Admin');

-- The first is linked to a number, the second to none.
INSERT INTO addresses (sid, account_sid, friendly, reference, line1, line2, city, region, country_code, postal_code)
VALUES
    ('5T04K28W412OQ68ICENOJOGGF90JRXFK', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'Head office', 'HQ-1',
     '1 Example Street', 'Level 2', 'Sydney', 'NSW', 'AU', '2000'),
    ('VV83ON72JGCNIGPP6LKRTYKK7JB4DC7L', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', NULL, NULL,
     '200 Example Avenue', NULL, 'New York', 'NY', 'US', '10001'),
    ('ZR5M0XD8KQ2V7TBW4YNJ9HCE6GLP31FU', 'AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', 'Elsewhere', NULL,
     '3 Example Road', NULL, 'Melbourne', 'VIC', 'AU', '3000');

INSERT INTO flows (config_id, property_sid, revision, name, last_updated) VALUES
    ('9NDB1W0YRJ4L247CEER9PQ2IH1DRJVW3', 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', '3', 'Office hours', :now - 1209600),
    ('L7XQ2KZ9T0VHB5MC8EWJ4RDN6YPG1SUF', 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', '1', 'After hours', :now - 604800),
    ('H3CW8JN1R6TXE0KZ5QVM2BPY9DLG7FSU', 'SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L', '12', 'Appointments', :now - 86400),
    ('T6PB9YE2M5WKJ0RX7DHQ4ZNV1CLG8SFU', 'S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93', '2', 'Reception', :now - 86400);

-- Two of the first project, one of the second, one of the other tenant.
INSERT INTO numbers (number, country_code, city, type, capabilities, needs_address, property_sid, status, position,
                     friendly, address_sid, attribution_source, attribution_medium, attribution_campaign,
                     attribution_content, routing_method, endpoint_number, flow, recording) VALUES
    ('+61255501234', 'AU', 'Sydney', 'Local', 'Voice,SMS', 1, 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', 'Active', 1,
     'Spring catalogue', '5T04K28W412OQ68ICENOJOGGF90JRXFK', 'catalogue', 'print', 'spring', 'back cover', 'Endpoint',
     '+61491570156', NULL, 'Off'),
    ('+611800975707', 'AU', NULL, 'Toll-Free', 'Voice', 0, 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C', 'Active', 2,
     'Free call', NULL, NULL, NULL, NULL, NULL, 'Flow', NULL, '9NDB1W0YRJ4L247CEER9PQ2IH1DRJVW3', 'Call'),
    ('+61370101234', 'AU', 'Melbourne', 'Local', 'Voice,SMS,MMS', 0, 'SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L', 'Active', 3,
     'Reception', NULL, 'search', 'web', 'bookings', NULL, 'Endpoint', '+61491570157', NULL, 'Call'),
    ('+61870101234', 'AU', 'Perth', 'Local', 'Voice,SMS', 0, 'S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93', 'Active', 4,
     NULL, NULL, NULL, NULL, NULL, NULL, 'Endpoint', '+61491570158', NULL, 'Off');

-- On offer. The account has an address in Australia and one in the United States, and none in Great Britain.
INSERT INTO numbers (number, country_code, city, type, capabilities, needs_address) VALUES
    ('+61255505678', 'AU', 'Sydney', 'Local', 'Voice,SMS', 1),
    ('+61270101234', 'AU', 'Canberra', 'Local', 'Voice,SMS,MMS', 1),
    ('+61755501234', 'AU', 'Brisbane', 'Local', 'Voice', 0),
    ('+611800975708', 'AU', NULL, 'Toll-Free', 'Voice', 0),
    ('+611300975707', 'AU', NULL, 'Shared-Rate', 'Voice', 0),
    ('+12125550123', 'US', 'New York', 'Local', 'Voice,SMS,MMS', 1),
    ('+442079460123', 'GB', 'London', 'Local', 'Voice,SMS', 1),
    ('+443069990123', 'GB', NULL, 'National', 'Voice', 1);

-- Calls of the last days, and some that come in as the clock moves: who called which number, when the call begins in
-- seconds from now, how many seconds it lasts, how it ends, and the keys that were pressed at the prompts of a flow.
WITH call (sid, caller, number, begins, duration, disposition, prompts_keys) AS (VALUES
    ('2MDS6VN8EEXB9C5RHWU6RAVY8MNJX7M3', '+61491573770', '+61255501234', -758850, 0, 'NoAnswer', NULL),
    ('FN8J7B1I425YJ0RBEJEOREZ80H63KVZU', '+61491571804', '+611800975707', -690998, 66, 'IVR', '1,1'),
    ('WG1GG1Z1C0PQKHCJQ7P59Z8SXQG1V3Y4', '+61491570313', '+61255501234', -684944, 0, 'NoAnswer', NULL),
    ('B047OZ9RPLA9VYMAP2LA3XXQLBGQGUPZ', '+61491572983', '+61255501234', -683706, 0, 'Busy', NULL),
    ('HA1SSAT18VHP7CP0780IAOU605YPJ2DS', '+61491572549', '+61255501234', -667491, 0, 'Busy', NULL),
    ('X1LEL979M8AODWZAIW6TGRZ1UDLKQEVZ', '+61491571804', '+61255501234', -663354, 0, 'Busy', NULL),
    ('CIN16ZMXK1X4VUGAP35M5XALSCYO9FWK', '+61491570313', '+61255501234', -637822, 0, 'Failed', NULL),
    ('CZQNKKBRUVESK7M0MVIU7UIWP79A9U35', '+61755509876', '+611800975707', -621511, 65, 'IVR', '2'),
    ('FXU7NUPTUO7SWGBZPZ5514EBXNDQFRGQ', '+442079460958', '+611800975707', -567151, 252, 'Answered', '1'),
    ('ZPMDCPDTJKED1G0Q4O5EDC1VRBSB1Q0A', '+12025550147', '+611800975707', -539170, 52, 'IVR', '1'),
    ('NU2J9YK9KUI46DMBE96F94AV5TKTPWID', '+61491570737', '+61370101234', -505488, 208, 'Answered', NULL),
    ('AIJ4876TZIT6KLI43BTJ84B3B6FID73G', '+61370105678', '+61370101234', -491912, 0, 'NoAnswer', NULL),
    ('X0HZ0AH4694IU22YUB7YAPLAT4MY3E0L', '+12025550147', '+61370101234', -489041, 485, 'Answered', NULL),
    ('7DRJY9EZHCR9K8PP645IC7VN37UA3UHO', '+61491570006', '+611800975707', -488288, 22, 'IVR', '1'),
    ('2NQQGDN3X5XIA7SKKYKM1UV8WX8YKZI2', '+61491571266', '+61370101234', -472973, 0, 'NoAnswer', NULL),
    ('413IKCXJJJSQHOD065IFGJ6ENIF3EQOK', '+61491574632', '+61870101234', -471291, 0, 'Busy', NULL),
    ('9989UY08QI3S5EIL9WBAQ7VUOACVTGAK', '+61491574632', '+61870101234', -453698, 0, 'NoAnswer', NULL),
    ('GDSIVT0L32KXZZ4D1BIM30XWZCLN95L4', '+61370105678', '+61370101234', -448390, 0, 'NoAnswer', NULL),
    ('VTBAEJZ0RBWJS317SSHHY2C6Q9UDZ9JB', '+61491571491', '+61255501234', -447531, 0, 'NoAnswer', NULL),
    ('B9KE7S7ALC71HLN4QMMLC46IH9WKQ5O2', '+61491573770', '+611800975707', -443403, 50, 'IVR', '2'),
    ('7N77TJJLULFGAC342WVAJH7P3GSC5VSY', '+61491572665', '+611800975707', -428891, 48, 'IVR', NULL),
    ('QYP908W177CA6TT033JOE05BJNY5FWQ9', '+61755509876', '+611800975707', -422446, 8, 'IVR', '9'),
    ('P9JZIBQRB2OVB1RTD1PFXH3LLXHMPSQU', '+12025550147', '+611800975707', -419260, 354, 'Answered', '1,1'),
    ('0F1A6H5YCFMWOPUWL3O75OJVONMJT2ZC', '+61491571804', '+61370101234', -403872, 0, 'Busy', NULL),
    ('M22YNLXF1A71WT7P0ZCE5ROLB65MTODM', '+442079460958', '+61255501234', -401305, 0, 'NoAnswer', NULL),
    ('2XEGB71BSC8OI3882F8W7WC8Y11HPUWW', '+61870105555', '+61870101234', -371722, 658, 'Answered', NULL),
    ('VPBYQWZPN1M80E1HOXZ56FYPY4OZRM66', '+61491572665', '+61255501234', -362837, 0, 'NoAnswer', NULL),
    ('Q22UAD3RNZO4WT2BTU8TXWLQ4E33OEHN', '+61491570110', '+61370101234', -361068, 502, 'Answered', NULL),
    ('FAA7KF9P4D9Q4K3OLLLYTEZAU1D5P500', '+61491570313', '+61255501234', -359235, 0, 'NoAnswer', NULL),
    ('IB33SZPB3UC3FXW91B81T4KW1S3Q1ZI3', '+61491574118', '+61870101234', -355661, 0, 'Failed', NULL),
    ('AU0BTJONM6VX561A6P2CG0GIP9KI54PG', '+61491575254', '+61870101234', -288999, 163, 'Answered', NULL),
    ('UMJK19JEU01N3P0HVEGMDDZJU3UYC68J', '+61491572665', '+61255501234', -263851, 149, 'Answered', NULL),
    ('FHHIEX54GX63ABR6GWLV1BRC5YYOJ3TG', '+61370105678', '+61255501234', -246757, 492, 'Answered', NULL),
    ('NAWNDYA6R3RPJTB0TBJ1CHFEY9X84ZYU', '+61491571491', '+61370101234', -240861, 0, 'NoAnswer', NULL),
    ('WFI7MCENEZJ1JQ29X1SL59FG8P2RRNXK', '+61491574118', '+61870101234', -240138, 653, 'Answered', NULL),
    ('H94KLX8QFS81E0JDFK59QUV0SSXQK38G', '+61491571491', '+61255501234', -239031, 260, 'Answered', NULL),
    ('RN8AG0G34354D8Z0B3XTHY8J5TH0OYQI', '+61491571266', '+61255501234', -218914, 35, 'Answered', NULL),
    ('32C34UX1UTGMVTZ3XW0R1XFJCMKFQ7PH', '+61755509876', '+611800975707', -211758, 65, 'IVR', '1,2'),
    ('XPMKCSWG8QEO2Y9VXT822AKLXYO2UL6R', '+61491573087', '+61870101234', -206594, 0, 'Busy', NULL),
    ('CRSVQYNPV7CPOGEEN466RRXZJ0WIVPDG', '+12025550147', '+611800975707', -199501, 23, 'IVR', '3,5'),
    ('81JH29CCFLUBEMZY946KWWU2P4QS4Q9U', '+61491574632', '+61870101234', -180695, 211, 'Answered', NULL),
    ('V6AOO0AJH7A7CDEUPT5W5DQY21B05231', '+61491574632', '+61870101234', -171394, 0, 'NoAnswer', NULL),
    ('KBPNDRIL2TI4B7EJZID10EI20J719450', '+61491570737', '+611800975707', -160575, 785, 'Answered', '3'),
    ('FNNIFNQS3X15MP00GKIFX9UMZV7OQ2Q8', '+61491573770', '+61370101234', -150048, 476, 'Answered', NULL),
    ('BXFDB3BZ6VGQG0O42M2SDJD32LLPID0D', '+61491574118', '+61870101234', -79106, 0, 'NoAnswer', NULL),
    ('0P6D384ZF3A7YAO53WOIBV8KY8X5OQ9J', '+61491570313', '+61255501234', -74704, 0, 'NoAnswer', NULL),
    ('N33Q48YRWYQH7D7M78VENM2P61Y1QJIW', '+61491570110', '+61370101234', -58901, 0, 'Failed', NULL),
    ('VEXWVJJWXH448Z36J7B7K8R89J6AW881', '+61491572549', '+61370101234', -57332, 493, 'Answered', NULL),
    ('HZUW13Q7RO0QLAG25HA75ALRE4B2ZCI5', '+61491570110', '+611800975707', -14344, 21, 'IVR', '1,1'),
    ('Y324JMC9ZH61EP2EDTQ6OTXQT65I4Q09', '+61491570737', '+61255501234', -5400, 312, 'Answered', NULL),
    ('0B4XV6G5FVARZ8O8GQLAEM5NWBSM0KZG', '+61491570006', '+61255501234', -4500, 0, 'NoAnswer', NULL),
    ('FE8227A309W371HZPFJ6UXCFTYU3VUNS', '+61491571266', '+61255501234', -3600, 148, 'Answered', NULL),
    ('23SNGUQGRW8GP9Z7IYK42K4E903586EY', '+61491572983', '+611800975707', -3600, 21, 'IVR', '1,2'),
    ('XCYQHPXZER68GGYWTK3TX62KT1I8K3U7', '+61491570006', '+61255501234', 300, 0, 'NoAnswer', NULL),
    ('R96GAIGCC48X39RV6U3I0NQV8U0HKOWF', '+61491573770', '+611800975707', 900, 370, 'Answered', '3'),
    ('YVYAITR7ENJV84OH77C7NTCPOTPO5CJZ', '+61491572665', '+61370101234', 1800, 597, 'Answered', NULL),
    ('VGR6H1KWSM027BWE0EAJJBUDOCICM7O0', '+61870105555', '+61870101234', 2700, 0, 'NoAnswer', NULL),
    ('365FLCPI6YXYQKG99TXOHRJE0FDWN1RB', '+61491570110', '+61255501234', 10800, 362, 'Answered', NULL),
    ('Q00OL2MXLUOZXKJ30LJILLN4VNEDPI76', '+12025550147', '+611800975707', 21600, 680, 'Answered', '1'),
    ('27MENRVLJXTBO5PWDBH5DU9URHBX9QCU', '+61491571491', '+61255501234', 86400, 45, 'Answered', NULL),
    ('YE5P0R799OZZ9GT5UVRX8U884NCWTMM8', '+61491570159', '+61370101234', 90000, 638, 'Answered', NULL),
    ('THA8AYHDZFM0YRL5HU6NX2HXN8ZX8NUE', '+61491573087', '+61870101234', 93600, 123, 'Answered', NULL),
    ('P2ICRWEE0T2YA3Q0859EANNEVQ5CGEYY', '+61755509876', '+611800975707', 172800, 0, 'NoAnswer', '3,5')
)
INSERT INTO calls (sid, property_sid, caller, number, endpoint, started, duration, disposition, prompts_keys,
                   attribution_source, attribution_medium, attribution_campaign, attribution_content)
SELECT call.sid, property_sid, caller, call.number,
       CASE WHEN disposition IN ('Answered', 'Busy', 'NoAnswer') THEN coalesce(endpoint_number, '+61491570159') END,
       :now + begins, duration, disposition, prompts_keys,
       attribution_source, attribution_medium, attribution_campaign, attribution_content
FROM call JOIN numbers ON numbers.number = call.number
ORDER BY begins, call.sid;

INSERT INTO messages (sid, account_sid, property_sid, sender, recipient, text, delivery_receipt, segments, status,
                      direction, created, submitted, delivered, received, error_code, external_id) VALUES
    ('MGBPX76VIBL30MSWRQIDAQQ7VR8I1G5J', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C',
     '+61255501234', '+61491570156', 'Reply YES to confirm.', 1, 1, 'Delivered', 'Transmit',
     :now - 86400, :now - 86398, :now - 86395, NULL, NULL, 'order-7'),
    ('MGW8L5P456VI1GQJ0EQ4KWWK4AXI71H9', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C',
     '+61491570156', '+61255501234', 'YES', 0, 1, 'Received', 'Receive',
     :now - 86340, NULL, NULL, :now - 86340, NULL, NULL),
    ('MG7KQ0ZV5XW2RT9DNB4MEJ8HYC6LPG13', 'AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM', 'SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L',
     'Clinic', '+61491570157', 'Your appointment is tomorrow at nine.', 1, 1, 'Delivered', 'Transmit',
     :now - 43200, :now - 43198, :now - 43195, NULL, NULL, NULL),
    ('MGXE3D6T0VKZ9QW5RJ2NBH8YMC7LPG41', 'AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6', 'S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93',
     '+61870101234', '+61491570158', 'Hello.', 1, 1, 'Delivered', 'Transmit',
     :now - 3600, :now - 3598, :now - 3595, NULL, NULL, NULL);
