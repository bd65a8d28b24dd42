-- The data that a new state begins with. `:now` stands for the time at which it begins, in Unix seconds. Identifiers are
-- those of the document's examples where it has any; phone numbers are of ranges set aside for documentation and drama.

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
     'Reception', NULL, NULL, NULL, NULL, NULL, 'Endpoint', '+61491570157', NULL, 'Call'),
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
